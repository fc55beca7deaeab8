using Microsoft.Extensions.Configuration;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Tests.Telemetry;

public sealed class SecretMaskTests
{
    private static readonly SecretMask Mask = new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["APP_SECRET"] = "first-secret-of-all,second-secret",
        ["METRICS_TOKEN"] = "base64+token/of==",
        ["DATABASE_URL"] = "postgres://user:pa%2Fssword@host/db",
        ["UFS_STORAGE"] = """{"cls":"ufs.impl.minio.Minio","access_key":"AKIDEXAMPLE","secret_key":"wJalrXUtnFEMI"}""",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=collector-key",
        ["N_WORKERS"] = "4",
    }).Build());

    [Theory]
    [InlineData("under first-secret-of-all", "under ***")]
    [InlineData("under second-secret.", "under ***.")]
    [InlineData("""{"message":"shows base64\u002Btoken/of=="}""", """{"message":"shows ***"}""")]
    [InlineData("Password=pa/ssword;Host=h", "Password=***;Host=h")]
    [InlineData("the password pa/ssword is wrong", "the password *** is wrong")]
    [InlineData("AKIDEXAMPLE wJalrXUtnFEMI", "*** ***")]
    [InlineData("sent collector-key", "sent ***")]
    [InlineData("GET /files?token=abc&page=2", "GET /files?token=***&page=2")]
    [InlineData("""{"Query":"?x=1\u0026access_token=abc\u0026code=def","y":"token=ghi\u0022"}""", """{"Query":"?x=1\u0026access_token=***\u0026code=***","y":"token=***\u0022"}""")]
    [InlineData("https://s3/x?X-Amz-Signature=0af&X-Amz-Date=1", "https://s3/x?X-Amz-Signature=***&X-Amz-Date=1")]
    [InlineData("at https://somebody:something@host/path", "at https://somebody:***@host/path")]
    [InlineData("Authorization: Bearer abcdef.ghi", "Authorization: Bearer ***")]
    [InlineData("{\"Authorization\":\"Basic dXNlcjpw\"}", "{\"Authorization\":\"Basic ***\"}")]
    public void Apply_WhatHoldsASecret_MasksIt(string text, string expected) => Assert.Equal(expected, Mask.Apply(text));

    [Theory]
    [InlineData("4 workers at http://localhost:5000/graph?page=2")]
    [InlineData("Input[Set[Gene]] failed in a way that may pass (attempt 1)")]
    [InlineData("postgres is at host:5432")]
    [InlineData("barcode=4711")]
    public void Apply_WhatHoldsNone_LeavesItAsItIs(string text) => Assert.Equal(text, Mask.Apply(text));
}
