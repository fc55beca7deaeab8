using System.Reflection;
using PlaybookBuilder.Core.Files.Drs;

namespace PlaybookBuilder.Web.Api.Drs;

/// <summary>What the service says of itself (GA4GH service-info 1.0).</summary>
internal static class DrsServiceInfo
{
    private const string SpecificationVersion = "1.5.0";

    private static readonly string Version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static Task GetAsync(HttpContext context, DrsAddresses addresses) => JsonAnswer.WriteAsync(context, addresses, (writer, of) =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", IdOf(of.Host));
        writer.WriteString("name", "Playbook Builder");
        writer.WriteStartObject("type");
        writer.WriteString("group", "org.ga4gh");
        writer.WriteString("artifact", "drs");
        writer.WriteString("version", SpecificationVersion);
        writer.WriteEndObject();
        writer.WriteString("description", "Files of the playbooks that are composed here.");
        writer.WriteStartObject("organization");
        writer.WriteString("name", of.Host);
        writer.WriteString("url", of.Base(context.Request));
        writer.WriteEndObject();
        writer.WriteString("documentationUrl", $"{of.Base(context.Request)}/openapi");
        writer.WriteString("version", Version);
        // Where it stood before 1.5, and where it stands from 2.0 on.
        writer.WriteNumber("maxBulkRequestLength", DrsObjects.MostAtOnce);
        writer.WriteStartObject("drs");
        writer.WriteNumber("maxBulkRequestLength", DrsObjects.MostAtOnce);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    // Reversed, as the specification advises: playbooks.example.org is org.example.playbooks.drs.
    private static string IdOf(string host) => string.Join('.', host.Split(':')[0].Split('.').Reverse().Append("drs"));
}
