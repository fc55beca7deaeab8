using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Core.Files;

/// <summary>A file that is kept here under an address of its own.</summary>
/// <param name="Id">Random; names the upload in <c>drs://</c> links.</param>
/// <param name="Sha256">In lower-case hex; where its bytes are.</param>
/// <param name="Size">In bytes.</param>
/// <param name="UserId">Who uploaded it; null for a file that a process made.</param>
public sealed record Upload(string Id, string Sha256, long Size, string Filename, Guid? UserId, DateTimeOffset Created)
{
    /// <summary>Whether somebody may have the bytes. What a process made belongs to whoever knows its address, as its result does; an upload to the one who brought it, and to administrators.</summary>
    public bool IsReadableBy(Actor actor) => UserId is null || actor.Owns(UserId) || actor.IsAdmin;
}
