namespace PlaybookBuilder.Core.Files;

/// <summary>What an upload is used for, so far as can be counted: playbooks that nobody saved are not.</summary>
/// <param name="Answers">How many different answers of steps name it, whosever playbooks they stand in.</param>
/// <param name="SavedPlaybooks">How many saved playbooks name it, everybody's.</param>
/// <param name="PublishedPlaybooks">How many of these are published.</param>
internal sealed record UploadUse(Upload Upload, int Answers, int SavedPlaybooks, int PublishedPlaybooks);
