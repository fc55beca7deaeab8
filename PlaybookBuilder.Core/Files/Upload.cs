using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files.Drs;

namespace PlaybookBuilder.Core.Files;

/// <summary>A file that is kept here under an address of its own.</summary>
/// <param name="Id">Random; names the upload in <c>drs://</c> links.</param>
/// <param name="Sha256">In lower-case hex; where its bytes are.</param>
/// <param name="Size">In bytes.</param>
/// <param name="UserId">Who uploaded it; null for a file that a process made.</param>
/// <param name="IsDamaged">Whether its stored bytes were found not to be those that it had, and are not to be handed out until they are mended.</param>
public sealed record Upload(string Id, string Sha256, long Size, string Filename, Guid? UserId, DateTimeOffset Created, UploadSharing Sharing = UploadSharing.Private, bool IsDamaged = false)
{
    /// <summary>
    /// Whether somebody who knows the address may have the bytes. What a process made belongs to whoever knows it, as its result does; an upload to the one who brought it, to administrators, and to those it was shared with.
    /// </summary>
    public bool IsReadableBy(Actor actor) => UserId is null || Sharing != UploadSharing.Private || actor.Owns(UserId) || actor.IsAdmin;

    /// <summary>As steps take it.</summary>
    /// <param name="host">Under which files here are known (<see cref="FileAddressOptions.Host"/>).</param>
    public FileUrl ToFile(string host) => new(DrsUri.Create(host, Id).ToString(), Filename, Sha256, Size);
}
