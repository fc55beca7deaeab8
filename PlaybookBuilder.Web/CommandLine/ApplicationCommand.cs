using System.CommandLine;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>The command line of the program: serving, unless a command says otherwise.</summary>
internal static class ApplicationCommand
{
    private const string Serve = "serve";
    private const string Worker = "worker";
    private const string Session = "session";

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    /// <param name="serve">Serves with the host's arguments until it is stopped.</param>
    /// <param name="work">Works with the host's arguments until it is stopped.</param>
    /// <param name="join">Works for a session until that is over, with the session's settings.</param>
    /// <returns>The exit code; a host that ends by itself sets the environment's.</returns>
    public static async Task<int> InvokeAsync(string[] args, Func<string[], Task> serve, Func<string[], Task> work, Func<string, Task> join)
    {
        var root = Create(args, serve, work, join);
        // An @ stands before the name of a file whose content is a value, not one with further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var isServing = parsed.CommandResult.Command == root || parsed.CommandResult.Command.Name is Serve or Worker or Session;
        if (parsed.Errors is [var error, ..]) return await FailAsync(error.Message);
        // The root's leniency towards the host's arguments would otherwise hold for every command.
        if (parsed.CommandResult.Command.TreatUnmatchedTokensAsErrors && parsed.UnmatchedTokens is [var token, ..]) return await FailAsync($"'{token}' is not understood; --help tells what is.");

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The web host minds signals by itself.
            ProcessTerminationTimeout = isServing ? null : TimeToStop,
        });
    }

    private static RootCommand Create(string[] args, Func<string[], Task> serve, Func<string[], Task> work, Func<string, Task> join)
    {
        var root = new RootCommand("Playbook Builder: composes workflows of biomedical components. Without a command it serves the application.")
        {
            new Option<string>("--urls") { Description = "Where to listen, as in http://localhost:5000.", HelpName = "addresses", Recursive = true },
            new Option<string>("--environment") { Description = "The hosting environment.", HelpName = "name", Recursive = true },
            RunCommand.Create(),
            ResolveCommand.Create(),
            SchemaCommands.CreateMigrate(),
            SchemaCommands.CreateCodegen(),
            HealthCommand.Create(),
            CertificateCommand.Create(),
        };
        root.Add(CreateHosted(Serve, "Serves the application; the default.", args, serve));
        root.Add(CreateHosted(Worker, "Runs the steps that others ask for, with nothing but /healthz and /readyz to see.", args, work));
        root.Add(CreateSession(join));
        // Whatever else the host understands, as in --contentRoot, goes through to it.
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(_ => ServeAsync(args, serve));
        return root;
    }

    private static Command CreateHosted(string name, string description, string[] args, Func<string[], Task> host)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(_ => ServeAsync([.. args.Where((argument, i) => i != Array.IndexOf(args, name))], host));
        return command;
    }

    private static Command CreateSession(Func<string, Task> join)
    {
        var settings = new Argument<string>("settings") { Description = "The session's settings as JSON, as the application gives them to whatever starts its worker; - reads them from the standard input." };
        var command = new Command(Session, "Works for one session of a user, which is reached through the application that began it.") { settings };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(settings);
            return await HostAsync(async () => await join(text == "-" ? await Console.In.ReadLineAsync(cancellationToken) ?? "" : text));
        });
        return command;
    }

    private static async Task<int> ServeAsync(string[] hostArguments, Func<string[], Task> serve)
    {
        if (hostArguments is [var first, ..] && !first.StartsWith('-') && !first.StartsWith('/')) return await FailAsync($"There is no command '{first}'; --help tells which there are.");
        if (HostArguments.FindUnknown(hostArguments) is { } unknown) return await FailAsync($"'{unknown}' is not understood; --help tells what is, docs/operating.md which settings there are.");

        return await HostAsync(() => serve(hostArguments));
    }

    private static async Task<int> HostAsync(Func<Task> host)
    {
        try
        {
            await host();
            return Environment.ExitCode;
        }
        catch (Exception exception) when (exception is OptionsValidationException or DatabaseUnavailableException or IOException or FormatException)
        {
            // A wrong setting, a database in use, an address in use: a person has to act, and a stack trace does not help with that.
            return await FailAsync(exception.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return ExitCodes.BadUsage;
    }
}
