using Microsoft.Extensions.DependencyInjection.Extensions;
using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>Everything that runs without a server, with nothing kept: for commands that go from files to files.</summary>
internal static class CommandHost
{
    private const string StorageVariable = "UFS_STORAGE";

    /// <param name="folder">Where the files go that processes make.</param>
    public static IHost Create(OutputFolder folder)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [DatabaseOptions.Variable] = DatabaseOptions.Memory, [StorageVariable] = "memory:" });
        // What goes wrong is told by the command, in one line.
        builder.Logging.ClearProviders();
        builder.Services.AddPlaybookBuilder(builder.Configuration);
        builder.Services.AddSingleton(folder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IPlaybookFiles, CommandLineFiles>());
        return builder.Build();
    }
}
