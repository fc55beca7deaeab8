namespace PlaybookBuilder.Core.Database;

/// <summary>The database can't be used. The message says why and what to do.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
