using ProtoBuf;

namespace PlaybookBuilder.Tests.Telemetry;

// Of the messages of the OpenTelemetry protocol (opentelemetry-proto 1.x) the fields that tests look at, under their numbers.

[ProtoContract]
internal sealed class ExportRequest<T>
{
    [ProtoMember(1)]
    public List<T> Resources { get; } = [];
}

[ProtoContract]
internal sealed class ResourceSpans
{
    [ProtoMember(1)]
    public ResourceMessage? Resource { get; set; }

    [ProtoMember(2)]
    public List<ScopeSpans> Scopes { get; } = [];
}

[ProtoContract]
internal sealed class ResourceMetrics
{
    [ProtoMember(1)]
    public ResourceMessage? Resource { get; set; }

    [ProtoMember(2)]
    public List<ScopeMetrics> Scopes { get; } = [];
}

[ProtoContract]
internal sealed class ResourceLogs
{
    [ProtoMember(1)]
    public ResourceMessage? Resource { get; set; }

    [ProtoMember(2)]
    public List<ScopeLogs> Scopes { get; } = [];
}

[ProtoContract]
internal sealed class ResourceMessage
{
    [ProtoMember(1)]
    public List<AttributeMessage> Attributes { get; } = [];
}

[ProtoContract]
internal sealed class ScopeMessage
{
    [ProtoMember(1)]
    public string Name { get; set; } = "";
}

[ProtoContract]
internal sealed class AttributeMessage
{
    [ProtoMember(1)]
    public string Key { get; set; } = "";

    [ProtoMember(2)]
    public AttributeValue? Value { get; set; }
}

[ProtoContract]
internal sealed class AttributeValue
{
    [ProtoMember(1)]
    public string? Text { get; set; }

    [ProtoMember(3)]
    public long? Number { get; set; }
}

[ProtoContract]
internal sealed class ScopeSpans
{
    [ProtoMember(1)]
    public ScopeMessage? Scope { get; set; }

    [ProtoMember(2)]
    public List<SpanMessage> Spans { get; } = [];
}

[ProtoContract]
internal sealed class SpanMessage
{
    [ProtoMember(1)]
    public byte[] TraceId { get; set; } = [];

    [ProtoMember(2)]
    public byte[] Id { get; set; } = [];

    [ProtoMember(4)]
    public byte[] ParentId { get; set; } = [];

    [ProtoMember(5)]
    public string Name { get; set; } = "";

    [ProtoMember(9)]
    public List<AttributeMessage> Attributes { get; } = [];
}

[ProtoContract]
internal sealed class ScopeLogs
{
    [ProtoMember(2)]
    public List<LogMessage> Records { get; } = [];
}

[ProtoContract]
internal sealed class LogMessage
{
    [ProtoMember(5)]
    public AttributeValue? Body { get; set; }

    [ProtoMember(9)]
    public byte[] TraceId { get; set; } = [];
}

[ProtoContract]
internal sealed class ScopeMetrics
{
    [ProtoMember(2)]
    public List<MetricMessage> Metrics { get; } = [];
}

[ProtoContract]
internal sealed class MetricMessage
{
    [ProtoMember(1)]
    public string Name { get; set; } = "";

    [ProtoMember(5)]
    public Points? Gauge { get; set; }

    [ProtoMember(7)]
    public Points? Sum { get; set; }
}

[ProtoContract]
internal sealed class Points
{
    [ProtoMember(1)]
    public List<Point> All { get; } = [];
}

[ProtoContract]
internal sealed class Point
{
    [ProtoMember(4)]
    public double? Double { get; set; }

    [ProtoMember(6, DataFormat = DataFormat.FixedSize)]
    public long? Number { get; set; }

    [ProtoMember(7)]
    public List<AttributeMessage> Attributes { get; } = [];
}
