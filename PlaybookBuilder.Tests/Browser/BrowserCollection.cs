namespace PlaybookBuilder.Tests.Browser;

/// <summary>Tests in a real browser, which need the processor for themselves.</summary>
[CollectionDefinition(nameof(BrowserCollection), DisableParallelization = true)]
public sealed class BrowserCollection : ICollectionFixture<PublishedBrowser>;
