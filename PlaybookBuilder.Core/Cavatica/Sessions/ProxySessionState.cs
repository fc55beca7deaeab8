namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>How far a session is. It only ever goes forward: what a launcher says late takes nothing back.</summary>
public enum ProxySessionState
{
    /// <summary>The launcher is being asked to start its worker.</summary>
    Sending = 0,

    /// <summary>The launcher has it, and starts it when there is room.</summary>
    Queued = 1,

    /// <summary>The worker's machine and image are being prepared.</summary>
    Initializing = 2,

    /// <summary>The worker was started, and dials.</summary>
    Started = 3,

    /// <summary>The worker has dialled: the session is usable, but for the moments in which it dials again.</summary>
    Connected = 4,

    /// <summary>It was told to end.</summary>
    Closing = 5,

    /// <summary>It ended as it should.</summary>
    Closed = 6,

    /// <summary>It ended otherwise.</summary>
    Failed = 7,
}
