namespace PlaybookBuilder.Tests.Support;

/// <summary>Tests that measure the process and so run while no other does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
