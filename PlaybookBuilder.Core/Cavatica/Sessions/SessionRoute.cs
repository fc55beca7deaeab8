namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>What of a session each of its requests needs.</summary>
/// <param name="IsOpen">Whether its worker is still wanted.</param>
/// <param name="Epoch">How often its worker has dialled.</param>
/// <param name="Holder">The program that holds its tunnel; null while none does.</param>
internal sealed record SessionRoute(Guid Id, Guid UserId, bool IsOpen, int Epoch, SessionHolder? Holder);

/// <summary>A program of the deployment that holds a tunnel.</summary>
/// <param name="Url">Where the others reach it.</param>
/// <param name="BootId">Which run of it.</param>
internal sealed record SessionHolder(Uri Url, Guid BootId);
