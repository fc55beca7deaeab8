using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Web.Api.Files;

/// <summary>Which parts of a file a request asks for (RFC 9110, 13 and 14).</summary>
internal static class FileRanges
{
    // More, or together more than the file, is no way to read one; the whole is sent instead (RFC 9110, 14.2).
    private const int Most = 16;

    /// <summary>What the conditions of a request come to: null to send the file, else 304 or 412.</summary>
    public static int? Evaluate(RequestHeaders headers, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        if (headers.IfMatch is { Count: > 0 } match)
        {
            if (!match.Any(one => Matches(one, tag, isStrong: true))) return StatusCodes.Status412PreconditionFailed;
        }
        else if (headers.IfUnmodifiedSince < modified)
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        if (headers.IfNoneMatch is { Count: > 0 } others) return others.Any(one => Matches(one, tag, isStrong: false)) ? StatusCodes.Status304NotModified : null;

        return headers.IfModifiedSince >= modified ? StatusCodes.Status304NotModified : null;
    }

    /// <summary>The parts to send: null for the whole, none where nothing that was asked for is there.</summary>
    public static IReadOnlyList<ByteRange>? Read(RequestHeaders headers, EntityTagHeaderValue tag, DateTimeOffset modified, long size)
    {
        if (headers.Range is not { } range || range.Unit != "bytes" || range.Ranges.Count is 0 or > Most || !IsStillWanted(headers.IfRange, tag, modified)) return null;

        List<ByteRange> parts = [.. range.Ranges.Select(part => Read(part, size)).OfType<ByteRange>()];
        return parts.Sum(static part => (decimal)part.Length!.Value) > size ? null : parts;
    }

    private static bool Matches(EntityTagHeaderValue one, EntityTagHeaderValue tag, bool isStrong) => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: isStrong);

    private static bool IsStillWanted(RangeConditionHeaderValue? condition, EntityTagHeaderValue tag, DateTimeOffset modified) => condition switch
    {
        null => true,
        { EntityTag: { } one } => one.Compare(tag, useStrongComparison: true),
        _ => condition.LastModified == modified,
    };

    private static ByteRange? Read(RangeItemHeaderValue part, long size)
    {
        // Without a beginning: so many of the last ones.
        var from = part.From ?? Math.Max(0, size - part.To!.Value);
        var end = part.From is null ? size : Math.Min(size - 1, part.To ?? long.MaxValue) + 1;
        return from < end ? new ByteRange(from, end - from) : null;
    }
}
