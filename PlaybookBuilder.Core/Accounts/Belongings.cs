namespace PlaybookBuilder.Core.Accounts;

/// <summary>How much of what an account holds goes with it.</summary>
/// <param name="Published">Playbooks that others may have read and cited.</param>
public sealed record Belongings(int PrivatePlaybooks, int Published, int Uploads, int Suggestions, int Tokens);
