namespace PlaybookBuilder.Core.Accounts;

/// <summary>What becomes of published playbooks whose author leaves.</summary>
public enum PublishedChoice
{
    /// <summary>They stay, under the names of authors that they were published with, and nobody's account.</summary>
    Keep,

    Delete,
}
