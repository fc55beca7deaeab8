using System.Text.Json;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>The edge of the commands that run something: whatever goes wrong is one line on the error output, and an exit code.</summary>
internal static class CommandErrors
{
    public static async Task<int> ToExitCodeAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            return await TellAsync("Interrupted.", ExitCodes.Interrupted);
        }
        catch (Exception exception) when (exception is UsageException or DatabaseUnavailableException or FormatException or WorkflowException or JsonException or OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            return await TellAsync(exception.Message, ExitCodes.BadUsage);
        }
        catch (Exception exception) when (exception is ProcessFailedException or TransientException or TimeoutException)
        {
            return await TellAsync(exception.Message, ExitCodes.StepFailed);
        }
        catch (Exception exception)
        {
            return await TellAsync($"Failed unexpectedly: {exception.Message}", ExitCodes.StepFailed);
        }
    }

    private static async Task<int> TellAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync(message.ReplaceLineEndings(" "));
        return exitCode;
    }
}
