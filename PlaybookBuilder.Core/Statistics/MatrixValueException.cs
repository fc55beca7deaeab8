namespace PlaybookBuilder.Core.Statistics;

/// <summary>The values of a matrix do not admit of what was asked for. The message is for the researcher. Asking again gives the same answer.</summary>
public sealed class MatrixValueException(string message) : Exception(message);
