namespace PlaybookBuilder.Core.Cavatica.Accounts;

/// <summary>What a user has on the platform, as the user is shown it: the key itself is never given back.</summary>
/// <param name="Name">How the key's owner is called there.</param>
/// <param name="Project">Where sessions run and keep files, such as <c>user/project</c>; null while none is chosen.</param>
public sealed record CavaticaAccount(string Name, string? Project, DateTimeOffset Changed);
