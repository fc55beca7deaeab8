using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Providers;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Tests.Authentication;

public sealed class SignInOptionsTests
{
    private const string Secret = "a-secret-of-the-client";
    private const string Client = "\"clientId\":\"c\",\"clientSecret\":\"" + Secret + "\"";

    [Fact]
    public void Read_AListAndTheOthers_GivesAllOfThem()
    {
        var options = new SignInOptions
        {
            Oidc = $$"""[{"issuer":"https://id.example.org/realms/lab","name":"Our Lab",{{Client}}},{"issuer":"http://localhost:8081/realms/x",{{Client}}}]""",
            Google = $$"""{{{Client}}}""",
            Orcid = $$"""{{{Client}}}""",
        };

        var providers = options.Read();

        Assert.Equal(["our-lab", "localhost", "google", "orcid"], providers.Select(provider => provider.Id));
        Assert.Equal(["https://id.example.org/realms/lab", "http://localhost:8081/realms/x", "google", "orcid"], providers.Select(provider => provider.Key));
        Assert.Equal("https://id.example.org/realms/lab/.well-known/openid-configuration", providers[0].MetadataAddress);
    }

    [Fact]
    public void Read_Discovery_IsWhereTheConfigurationIsReadFrom()
    {
        var options = new SignInOptions { Oidc = $$"""{"issuer":"http://localhost:8081/realms/x","discovery":"http://keycloak:8080/realms/x",{{Client}}}""" };

        var provider = Assert.Single(options.Read());

        Assert.Equal("http://keycloak:8080/realms/x/.well-known/openid-configuration", provider.MetadataAddress);
        Assert.Equal("http://localhost:8081/realms/x", provider.Key);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("7")]
    [InlineData("[7]")]
    [InlineData("{}")]
    [InlineData("""{"issuer":"https://id.example.org"}""")]
    [InlineData("""{"issuer":"https://id.example.org","clientId":"c"}""")]
    [InlineData($$"""{"issuer":"not an address",{{Client}}}""")]
    [InlineData($$"""{"issuer":"ftp://id.example.org",{{Client}}}""")]
    [InlineData($$"""{"issuer":"http://id.example.org",{{Client}}}""")]
    [InlineData($$"""{"issuer":"https://id.example.org","discovery":"http://inside:8080",{{Client}}}""")]
    [InlineData($$"""{"issuer":"https://id.example.org","name":"E-Mail !?",{{Client}},"name":"email"}""")]
    [InlineData($$"""{"issuer":"https://id.example.org","name":"Google",{{Client}}}""")]
    [InlineData($$"""[{"issuer":"https://a.example.org","name":"Lab",{{Client}}},{"issuer":"https://b.example.org","name":"lab",{{Client}}}]""")]
    [InlineData($$"""[{"issuer":"https://a.example.org","name":"A",{{Client}}},{"issuer":"https://a.example.org/","name":"B",{{Client}}}]""")]
    public void Validate_AWrongProvider_NamesTheVariableAndNoSecret(string oidc)
    {
        var result = new SignInOptionsValidator().Validate(null, new SignInOptions { Oidc = oidc });

        Assert.True(result.Failed);
        Assert.Contains(SignInOptions.OidcVariable, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.FailureMessage!);
    }

    [Theory]
    [InlineData("smtp://localhost:25", "lab@example.org", "https://playbooks.example.org", null)]
    [InlineData("smtps://user:p%40ss@mail.example.org", "Lab <lab@example.org>", "https://playbooks.example.org", null)]
    [InlineData(null, null, null, null)]
    [InlineData("mail.example.org", "lab@example.org", "https://playbooks.example.org", MailOptions.ServerVariable)]
    [InlineData("http://mail.example.org", "lab@example.org", "https://playbooks.example.org", MailOptions.ServerVariable)]
    [InlineData("smtp://localhost:25", "", "https://playbooks.example.org", MailOptions.FromVariable)]
    [InlineData("smtp://localhost:25", "not an address @", "https://playbooks.example.org", MailOptions.FromVariable)]
    [InlineData(null, "lab@example.org", "https://playbooks.example.org", MailOptions.FromVariable)]
    [InlineData("smtp://localhost:25", "lab@example.org", "", "PUBLIC_URL")]
    public void Validate_Mail_NamesWhatIsWrong(string? server, string? from, string? address, string? variable)
    {
        var result = new MailOptionsValidator().Validate(null, new MailOptions { Server = server, From = from, PublicUrl = address });

        Assert.Equal(variable is not null, result.Failed);
        if (variable is not null) Assert.StartsWith(variable, result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boss@example.org, chief@example.org", true)]
    [InlineData("", true)]
    [InlineData("boss", false)]
    public void Validate_Administrators_AreAddresses(string emails, bool isRight) =>
        Assert.Equal(isRight, new AccountOptionsValidator().Validate(null, new AccountOptions { AdminEmails = emails }).Succeeded);

    [Theory]
    [InlineData("", true)]
    [InlineData("0", true)]
    [InlineData("100", true)]
    [InlineData("-1", false)]
    [InlineData("many", false)]
    [InlineData("99999999", false)]
    public void Validate_RateLimits_AreNumbers(string text, bool isRight) =>
        Assert.Equal(isRight, new RateLimitOptionsValidator().Validate(null, new RateLimitOptions { SignIn = text }).Succeeded);
}
