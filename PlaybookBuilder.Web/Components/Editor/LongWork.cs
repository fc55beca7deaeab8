using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>Notices when a playbook that was worked at for long is done, so that whoever went elsewhere meanwhile can be told.</summary>
internal sealed class LongWork(TimeProvider time)
{
    /// <summary>Nobody goes elsewhere for less.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    private long? _begun;

    /// <summary>Takes in where the steps of a playbook stand now.</summary>
    /// <returns>How it ended, once, when long work has; null at any other time.</returns>
    public string? Follow(IReadOnlyList<ProcessState> states)
    {
        if (states.Any(static state => state.IsAtWork))
        {
            _begun ??= time.GetTimestamp();
            return null;
        }

        var begun = _begun;
        _begun = null;
        if (begun is null || time.GetElapsedTime(begun.Value) < Least) return null;

        return states.Count(static state => state.Phase == ProcessPhase.Failed) switch
        {
            0 => "Done",
            1 => "A step failed",
            var failed => $"{failed} steps failed",
        };
    }

    /// <summary>How far the steps that compute are, as the title of a page can say it; empty while nothing is worked at.</summary>
    public static string ProgressOf(IReadOnlyList<ProcessState> states)
    {
        var working = states.Count(static state => state.IsAtWork);
        return working == 0 ? "" : $"{states.Count - working} of {states.Count} done · ";
    }
}
