namespace PlaybookBuilder.Core.Accounts;

/// <summary>What an API token is made for.</summary>
[Flags]
public enum AccessScopes
{
    None = 0,

    /// <summary>Reading what is the user's own.</summary>
    Read = 1,

    /// <summary>Making playbooks, asking for results, saving and publishing.</summary>
    Run = 2,

    /// <summary>Uploading and deleting files.</summary>
    Upload = 4,

    /// <summary>The administration, for those to whom it is open.</summary>
    Admin = 8,

    All = Read | Run | Upload | Admin,
}
