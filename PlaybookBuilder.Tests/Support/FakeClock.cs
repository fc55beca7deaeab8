using Microsoft.Extensions.Time.Testing;

namespace PlaybookBuilder.Tests.Support;

internal static class FakeClock
{
    /// <summary>A clock that stands still until it is moved.</summary>
    public static FakeTimeProvider New() => new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
