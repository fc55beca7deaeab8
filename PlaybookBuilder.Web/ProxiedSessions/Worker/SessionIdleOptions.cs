namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>How long a session in which nothing is done goes on, at its owner's cost.</summary>
internal sealed record SessionIdleOptions
{
    /// <summary>While nobody has a page of it open.</summary>
    public TimeSpan WithoutBrowser { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>While somebody has.</summary>
    public TimeSpan WithBrowser { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long before the end those who have a page open are told.</summary>
    public TimeSpan Warning { get; init; } = TimeSpan.FromMinutes(2);
}
