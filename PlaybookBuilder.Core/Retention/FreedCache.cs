namespace PlaybookBuilder.Core.Retention;

/// <summary>What was freed.</summary>
/// <param name="Values">That nothing named any more; results may share one.</param>
/// <param name="Files">That steps had made and that no value named any more.</param>
/// <param name="IsComplete">Whether all was seen; otherwise another program is at it, and goes on.</param>
internal sealed record FreedCache(int Results, int Values, int Files, bool IsComplete)
{
    public static readonly FreedCache Nothing = new(0, 0, 0, IsComplete: false);
}
