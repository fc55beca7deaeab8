using PlaybookBuilder.Tests.Browser;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>Tests of several programs at once, one after the other, with a browser of their own.</summary>
[CollectionDefinition(nameof(DeploymentCollection))]
public sealed class DeploymentCollection : ICollectionFixture<PublishedBrowser>;
