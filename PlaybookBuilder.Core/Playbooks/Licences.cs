namespace PlaybookBuilder.Core.Playbooks;

/// <summary>A licence under which a playbook can be published.</summary>
/// <param name="Id">The SPDX identifier.</param>
public sealed record Licence(string Id, string Name)
{
    public string Url => $"https://spdx.org/licenses/{Id}.html";
}

/// <summary>The licences to choose from: those of SPDX's list that fit workflows and their results.</summary>
public static class Licences
{
    public static readonly IReadOnlyList<Licence> All =
    [
        new("CC-BY-4.0", "Creative Commons Attribution 4.0"),
        new("CC-BY-SA-4.0", "Creative Commons Attribution Share Alike 4.0"),
        new("CC-BY-NC-4.0", "Creative Commons Attribution Non Commercial 4.0"),
        new("CC-BY-NC-SA-4.0", "Creative Commons Attribution Non Commercial Share Alike 4.0"),
        new("CC0-1.0", "Creative Commons Zero 1.0: no rights reserved"),
        new("MIT", "MIT License"),
        new("Apache-2.0", "Apache License 2.0"),
        new("BSD-3-Clause", "BSD 3-Clause License"),
        new("GPL-3.0-or-later", "GNU General Public License 3.0 or later"),
    ];

    public static Licence Default => All[0];

    public static Licence? Find(string id) => All.FirstOrDefault(licence => licence.Id == id);
}
