using PlaybookBuilder.Benchmarks.Probe;

/// <summary>
/// What the runtime calls before the main method of a program that is started with DOTNET_STARTUP_HOOKS; name, place and signature are the runtime's.
/// It lets the published program be asked for the size of its heap without a change to it.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => HeapServer.Start();
}
