namespace PlaybookBuilder.Tests.BadRequests;

/// <summary>Texts that programs have stumbled over, as they stand in an address (percent-encoded or not) and in a body.</summary>
internal static class NastyTexts
{
    public static readonly IReadOnlyList<string> InAddresses =
    [
        "", "%00", "a%00b", "%ff%fe", "%c0%ae%c0%ae", "%ed%a0%80", "%", "%zz", "%25%30%30", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2f", "..\\..\\windows", "%5c..%5c", "....//", ";a=b", "%0d%0aX-Injected:%201", "%0a", "%09",
        "-1", "0", "1e400", "NaN", "2147483648", "99999999999999999999999", "0x10", "1.5", "%2B1", "null", "true", "undefined", "{id}", "*", "'", "%22", "';--", "%27%20OR%201=1--", "$(id)", "`id`", "<script>alert(1)</script>", "%3Cscript%3E", "{{7*7}}",
        "%F0%9F%A7%AC", "%E2%80%AE", "%EF%BB%BF", "%CC%81", "a%20b", "+", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "%7B00000000-0000-0000-0000-000000000000%7D", "9999-99-99T99:99:99Z", "0001-01-01", "[]", "[[[[", "con", "~", "%2f", "//", "/.", "/..;/",
        "drs://", "drs://x", "drs://x/%00", "file:///etc/passwd", "http://127.0.0.1:1/", "javascript:alert(1)", "//example.org", "\\\\example.org", new string('a', 300), new string('9', 40), new string('%', 12), new('/', 200), string.Concat(Enumerable.Repeat("%41", 2_000)), string.Concat(Enumerable.Repeat("../", 100)),
    ];

    public static readonly IReadOnlyList<string> InBodies =
    [
        "", " ", "\0", "a\0b", "\uFEFF", "\u202Eabc", "\r\nX-Injected: 1", "..", "../../etc/passwd", "C:\\con", "null", "-1", "NaN", "1e400", "'; DROP TABLE playbook;--", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}", "$(id)", "javascript:alert(1)", "//example.org",
        "file:///etc/passwd", "drs://", "drs://x/\0", "http://127.0.0.1:1/", "🧬", "\u0301\u0301\u0301", "é", "ﬃ", "İ", "00000000-0000-0000-0000-000000000000", "9999-12-31T23:59:60Z", "0001-01-01", "[]", "{}", new('a', 70_000), new('\u0301', 5_000), string.Concat(Enumerable.Repeat("🧬", 3_000)),
    ];

    /// <summary>Headers that the application or what it stands on reads. A preference to wait is not among them: a long wait is no bad request.</summary>
    public static readonly IReadOnlyList<(string Name, string Value)> Headers =
    [
        ("Accept", "*/*;q=2, text/html;;;"), ("Accept", new('a', 4_000)), ("Accept-Language", "xx-YY-zzzzzzzzz;q=-1"), ("Accept-Encoding", "gzip;q=NaN, br, \u0001"), ("If-None-Match", "\"unclosed"), ("If-None-Match", "*, W/\"\""), ("If-Modified-Since", "yesterday"), ("If-Match", "garbage"),
        ("Range", "bytes=-"), ("Range", "bytes=99999999999999999999-"), ("Range", "bytes=5-1,,-0"), ("Range", "lines=1-2"), ("Last-Event-ID", "99999999999999999999"), ("Last-Event-ID", "a\tb"), ("Cookie", "playbook-session"), ("Cookie", "=;;;=\"; playbook-session=%00"), ("Cookie", "playbook-session=" + new string('x', 6_000)),
        ("Origin", "null"), ("Origin", "http://example.org"), ("Origin", "not an origin"), ("Referer", "http://[::1"), ("Sec-Fetch-Site", "cross-site"), ("X-Forwarded-For", "999.1.1.1, \"][\""), ("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Host", "evil.example.org"), ("Forwarded", "for=\"_;\\\";proto=\""),
        ("X-HTTP-Method-Override", "DELETE"), ("Content-Encoding", "gzip"), ("Content-Encoding", "br, zip"), ("Content-Language", "?"), ("Prefer", "wait=soon, ;;;, wait=1"), ("traceparent", "00-zz-zz-zz"), ("tracestate", new string('=', 600)), ("baggage", "a=%zz"), ("Upgrade", "websocket"), ("TE", "gzip"), ("Expect", "nothing"),
        ("Authorization", "Bearer"), ("Authorization", "Bearer pb_"), ("Authorization", "Basic %%%"), ("Authorization", "Bearer " + new string('x', 2_000)), ("Content-Type", "application/json; charset=klingon"), ("Content-Type", "text/plain"), ("Content-Type", "multipart/form-data"), ("Content-Type", "multipart/form-data; boundary=" + new string('b', 300)),
        ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Type", "a/b/c;;"), ("Content-Type", "application/json;charset=utf-16"),
    ];

    public static readonly IReadOnlyList<string> Methods = ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "GET", "POST", "PROPFIND", "get", "MADE-UP"];
}
