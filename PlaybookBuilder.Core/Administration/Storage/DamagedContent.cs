namespace PlaybookBuilder.Core.Administration.Storage;

/// <summary>A content that is not in the storage as it was brought.</summary>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Uploads">How many uploads have it.</param>
/// <param name="Filename">What one of them is called.</param>
/// <param name="UserId">Whose that one is; null for a file that a process made.</param>
internal sealed record DamagedContent(string Sha256, string Problem, DateTimeOffset Checked, int Uploads, string Filename, Guid? UserId, string? UserName);
