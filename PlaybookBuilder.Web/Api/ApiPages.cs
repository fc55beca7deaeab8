using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>Which part of a list a client asks for. What there can't be is refused, so that nobody takes another part for the one that was meant.</summary>
internal static class ApiPages
{
    /// <summary>How many, where the client says so or not.</summary>
    /// <exception cref="WorkflowException">No part is that long.</exception>
    public static int Limit(int? limit, int most = PageRequest.Most) =>
        limit is < 1 || limit > most ? throw WorkflowException.Invalid($"a part of this list has 1 to {most} entries, not {limit}.", "limit") : limit ?? PageRequest.Usual;

    /// <summary>How many of the first to leave out.</summary>
    /// <exception cref="WorkflowException">It is negative.</exception>
    public static int Skip(int? skip) => skip is < 0 ? throw WorkflowException.Invalid($"0 entries or more can be left out, not {skip}.", "skip") : skip ?? 0;

    /// <summary>The part that begins after what the part before told to go on with.</summary>
    /// <exception cref="WorkflowException">No part is that long.</exception>
    public static PageRequest Part(string? after, int? limit) => new(after, Limit(limit));
}
