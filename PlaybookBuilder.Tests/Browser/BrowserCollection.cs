namespace PlaybookBuilder.Tests.Browser;

/// <summary>Tests in a real browser, and of several programs at once, one after the other.</summary>
[CollectionDefinition(nameof(BrowserCollection))]
public sealed class BrowserCollection : ICollectionFixture<PublishedBrowser>;
