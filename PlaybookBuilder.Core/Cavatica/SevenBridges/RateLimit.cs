using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>
/// How many requests a token has left (1,000 in five minutes, by the documentation), as the platform tells in <c>X-RateLimit-Remaining</c> and <c>X-RateLimit-Reset</c>. All clients with one
/// token share it.
/// </summary>
internal sealed class RateLimit(TimeProvider clock)
{
    // The platform counts in windows of five minutes; a clock that is wrong must not make anybody wait for hours.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan WaitWithoutHeaders = TimeSpan.FromSeconds(10);

    // What is told is in whole seconds.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    private static readonly ConcurrentDictionary<string, WeakReference<RateLimit>> All = new();

    private readonly Lock _lock = new();
    private long _remaining = long.MaxValue;
    private int _underWay;
    private DateTimeOffset _resetAt = DateTimeOffset.MinValue;

    /// <summary>That of a token at a platform. It lives as long as anybody uses it; the key holds a digest, so that no token stays in memory for it.</summary>
    public static RateLimit Of(Uri endpoint, string token, TimeProvider clock)
    {
        foreach (var (other, reference) in All)
        {
            if (!reference.TryGetTarget(out _))
                All.TryRemove(KeyValuePair.Create(other, reference));
        }

        var key = $"{endpoint} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))}";
        while (true)
        {
            var fresh = new RateLimit(clock);
            if (All.GetOrAdd(key, new WeakReference<RateLimit>(fresh)).TryGetTarget(out var limit))
                return limit;

            All.TryRemove(key, out _);
        }
    }

    /// <summary>Waits until a request may be sent, and counts it until <see cref="Leave"/>.</summary>
    /// <returns>How long was waited for.</returns>
    public async Task<TimeSpan> EnterAsync(CancellationToken cancellationToken)
    {
        var waited = TimeSpan.Zero;
        while (TryEnter() is { } wait)
        {
            waited += wait;
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }

        return waited;
    }

    /// <summary>A request is answered, or never will be.</summary>
    public void Leave()
    {
        lock (_lock)
            _underWay--;
    }

    /// <summary>Takes in what an answer says.</summary>
    public void Note(HttpResponseHeaders headers, bool isRefusal)
    {
        var resetAt = Number(headers, "X-RateLimit-Reset") is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) + Grain : (DateTimeOffset?)null;
        if (isRefusal)
        {
            Set(0, resetAt ?? clock.GetUtcNow() + (headers.RetryAfter?.Delta ?? WaitWithoutHeaders));
            return;
        }

        if (Number(headers, "X-RateLimit-Remaining") is { } remaining && resetAt is { } at)
            Set(remaining, at);
    }

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private TimeSpan? TryEnter()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now >= _resetAt)
                _remaining = long.MaxValue;

            if (_remaining > 0)
            {
                _remaining--;
                _underWay++;
                return null;
            }

            var wait = _resetAt - now;
            return wait < LongestWait ? wait : LongestWait;
        }
    }

    private void Set(long remaining, DateTimeOffset resetAt)
    {
        lock (_lock)
        {
            // Of the requests under way nobody knows whether the platform has counted them, this one excepted. Answers overtake each other: of one window the least counts.
            var left = Math.Max(0, remaining - Math.Max(0, _underWay - 1));
            _remaining = resetAt > _resetAt ? left : Math.Min(_remaining, left);
            if (resetAt > _resetAt)
                _resetAt = resetAt < clock.GetUtcNow() + LongestWait ? resetAt : clock.GetUtcNow() + LongestWait;
        }
    }
}
