using PlaybookBuilder.Core.Retention;

namespace PlaybookBuilder.Tests.Retention;

public sealed class RetentionRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public void FreedBefore_WithoutLimits_FreesNothing() => Assert.Null(RetentionRule.FreedBefore(Limits(), Use((1, 1_000_000)), Now));

    [Fact]
    public void FreedBefore_WithAnAge_IsThatLongAgo() => Assert.Equal(Now.AddDays(-30), RetentionRule.FreedBefore(Limits(days: "30"), null, Now));

    [Fact]
    public void FreedBefore_WithASize_KeepsTheYoungestHoursThatFit()
    {
        var use = Use((2, 40), (3, 40), (30, 40), (50, 1));

        Assert.Null(RetentionRule.FreedBefore(Limits(bytes: "121"), use, Now));
        Assert.Equal(Hour(50) + CacheUse.Hour, RetentionRule.FreedBefore(Limits(bytes: "120"), use, Now));
        Assert.Equal(Hour(30) + CacheUse.Hour, RetentionRule.FreedBefore(Limits(bytes: "119"), use, Now));
        Assert.Equal(Hour(3) + CacheUse.Hour, RetentionRule.FreedBefore(Limits(bytes: "79"), use, Now));
    }

    [Fact]
    public void FreedBefore_WithBoth_IsTheLaterOfThem()
    {
        var use = Use((2, 40), (72, 40));

        Assert.Equal(Hour(72) + CacheUse.Hour, RetentionRule.FreedBefore(Limits(days: "30", bytes: "50"), use, Now));
        Assert.Equal(Now.AddDays(-1), RetentionRule.FreedBefore(Limits(days: "1", bytes: "50"), use, Now));
    }

    [Fact]
    public void FreedBefore_TooMuchOfNow_LeavesTheLastHour() => Assert.Equal(Now - RetentionRule.AlwaysKept, RetentionRule.FreedBefore(Limits(bytes: "1"), Use((0, 40)), Now));

    [Fact]
    public void Before_AMoment_CountsWholeHours()
    {
        var use = Use((2, 40), (3, 40), (30, 7));

        Assert.Equal((47, 2), (use.Before(Hour(2)).Bytes, use.Before(Hour(2)).Values));
        Assert.Equal(87, use.Cached.Bytes);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("36501", null)]
    [InlineData("a month", null)]
    [InlineData("1.5", null)]
    [InlineData(null, "0")]
    [InlineData(null, "10 GB")]
    [InlineData(null, "99999999999999999999")]
    public void Options_OfNonsense_NameTheVariable(string? days, string? bytes)
    {
        var failure = new RetentionOptionsValidator().Validate(null, Limits(days, bytes)).FailureMessage;

        Assert.Contains(days is null ? RetentionOptions.SizeVariable : RetentionOptions.AgeVariable, failure, StringComparison.Ordinal);
        Assert.Contains(days ?? bytes!, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("36500", "99999999999999")]
    [InlineData("", " ")]
    public void Options_ThatMakeSense_AreTaken(string? days, string? bytes) => Assert.True(new RetentionOptionsValidator().Validate(null, Limits(days, bytes)).Succeeded);

    private static RetentionOptions Limits(string? days = null, string? bytes = null) => new() { AgeText = days, SizeText = bytes };

    private static CacheUse Use(params IEnumerable<(int HoursAgo, long Bytes)> hours) => new(KeptResults.None, [.. hours.Select(hour => new HourOfCache(Hour(hour.HoursAgo), new KeptResults(1, hour.Bytes, 0, 0)))], Now);

    private static DateTimeOffset Hour(int ago) => new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddHours(-ago);
}
