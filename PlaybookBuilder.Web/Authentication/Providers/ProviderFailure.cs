namespace PlaybookBuilder.Web.Authentication.Providers;

internal static class ProviderFailure
{
    /// <summary>Whether it was the provider that did not answer, or not as one.</summary>
    public static bool IsAway(Exception exception) =>
        exception is HttpRequestException or IOException or TaskCanceledException
        // What the reader of a provider's configuration makes of all of these.
        || (exception is InvalidOperationException && exception.Message.StartsWith("IDX20803", StringComparison.Ordinal));
}
