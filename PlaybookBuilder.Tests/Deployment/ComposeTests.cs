using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Authentication.Providers;
using YamlDotNet.RepresentationModel;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>The compose file, its settings, and the images that it builds, held against the program and against each other.</summary>
public sealed partial class ComposeTests(PostgresServer server)
{
    private static readonly string[] Once = ["migrate", "certificates"];
    private static readonly string[] Roles = ["ui", "worker"];

    /// <summary>Every variable that the program reads, as its options name them.</summary>
    private static IReadOnlyCollection<string> Known { get; } =
        [.. new[] { typeof(Program).Assembly, typeof(DatabaseOptions).Assembly }.SelectMany(assembly => assembly.GetTypes()).SelectMany(VariablesOf).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void Settings_ThatTheProgramReads_AreThoseOfTheExampleAndOfTheComposeFile()
    {
        var used = Interpolation().Matches(Repository.Read("docker-compose.yaml")).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("DATABASE_URL", Known);
        Assert.Empty(Known.Except(EnvironmentExample.Names));
        Assert.Empty(Known.Except(used));
        Assert.Equal(used.Order(StringComparer.Ordinal), EnvironmentExample.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_AreAllExplained()
    {
        var operating = Repository.Read("docs", "operating.md");

        Assert.All(EnvironmentExample.Names, name => Assert.NotEqual("", EnvironmentExample.CommentOf(name)));
        Assert.All(Known, name => Assert.Contains($"`{name}`", Repository.Read("README.md"), StringComparison.Ordinal));
        Assert.All(EnvironmentExample.Names.Except(Known), name => Assert.Contains($"`{name}`", operating, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_GetEverySettingAndNothingElse()
    {
        var compose = await ComposeFile.ReadAsync();

        Assert.All(Roles, role => Assert.Empty(Known.Except(ComposeFile.EnvironmentOf(compose.Services[role]).Keys)));
        Assert.All(Roles, role => Assert.All(ComposeFile.EnvironmentOf(compose.Services[role]).Keys.Except(Known), name => Assert.StartsWith("OTEL_", name, StringComparison.Ordinal)));
        Assert.Empty(ComposeFile.EnvironmentOf(compose.Services["migrate"]).Keys.Except(Known));
    }

    [Fact]
    public async Task Settings_OfTheExample_ReachThePrograms()
    {
        var compose = await ComposeFile.ReadAsync(("UPLOAD_MAX_BYTES", "12345"), ("N_WORKERS", "7"), ("UI_REPLICAS", "5"), ("WORKER_MEMORY", "3g"), ("HTTPS_PORT", "8443"));
        var (ui, worker, ingress) = (compose.Services["ui"], compose.Services["worker"], compose.Services["ingress"]);

        Assert.All([ui, worker], service => Assert.Equal("12345", ComposeFile.EnvironmentOf(service)["UPLOAD_MAX_BYTES"]));
        Assert.All([ui, worker], service => Assert.Equal("postgres://playbooks:0a1b2c@postgres:5432/playbooks", ComposeFile.EnvironmentOf(service)["DATABASE_URL"]));
        Assert.Equal("7", ComposeFile.EnvironmentOf(worker)["N_WORKERS"]);
        Assert.Equal("0", ComposeFile.EnvironmentOf(ui)["N_WORKERS"]);
        Assert.Equal("5", ComposeFile.Text(ui, "deploy", "replicas"));
        Assert.Equal("3g", ComposeFile.Text(worker, "deploy", "resources", "limits", "memory"));
        Assert.Equal("8443", ComposeFile.EnvironmentOf(ingress)["HTTPS_PORT"]);
    }

    [Theory]
    [InlineData("POSTGRES_PASSWORD")]
    [InlineData("APP_SECRET")]
    [InlineData("DATABASE_URL")]
    public async Task Secrets_ThatAreMissing_StopItWithTheirName(string missing)
    {
        var (exitCode, _, errors) = await ComposeFile.RunAsync(null, [(missing, ""), ("POSTGRES_PASSWORD", "0a1b2c"), ("APP_SECRET", "0123456789abcdef0123456789abcdef")]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"{missing} is not set; see .env.example", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_HaveLimitsChecksAndNamedVolumesOnly()
    {
        var compose = await ComposeFile.ReadAsync();

        Assert.Equal(["certificates", "ingress", "migrate", "postgres", "ui", "worker"], compose.Services.Keys.Order(StringComparer.Ordinal));
        Assert.All(compose.Services, service =>
        {
            Assert.NotNull(ComposeFile.Text(service.Value, "deploy", "resources", "limits", "memory"));
            Assert.NotNull(ComposeFile.Text(service.Value, "deploy", "resources", "limits", "cpus"));
            Assert.Equal(Once.Contains(service.Key), ComposeFile.Text(service.Value, "restart") == "no");
            Assert.Equal(Once.Contains(service.Key), ComposeFile.List(service.Value, "healthcheck", "test") is ["NONE"]);
            Assert.True(Once.Contains(service.Key) || ComposeFile.List(service.Value, "healthcheck", "test") is ["CMD", _, ..], service.Key);
            Assert.All(ComposeFile.List(service.Value, "volumes"), volume => Assert.Contains(volume.Split(':')[0], compose.Volumes));
        });
    }

    [Fact]
    public async Task Profile_ForAFirstLook_HasAProviderThatItsProgramKnows()
    {
        var compose = await ComposeFile.ReadProfileAsync("try", ("TRY_PORT", "8090"), ("TRY_IDENTITY_PORT", "8091"));
        var (provider, program) = (compose.Services["keycloak"], compose.Services["try"]);
        var realm = JsonNode.Parse(Repository.Read("deploy", "try", "playbooks-realm.json"))!;
        var client = Assert.Single(realm["clients"]!.AsArray())!;
        var person = Assert.Single(realm["users"]!.AsArray())!;
        var settings = ComposeFile.EnvironmentOf(program);
        var known = Assert.Single(new SignInOptions { Oidc = settings["AUTH_OIDC"] }.Read());

        Assert.Equal((client["clientId"]!.GetValue<string>(), client["secret"]!.GetValue<string>()), (known.ClientId, known.ClientSecret));
        Assert.Equal($"http://localhost:8091/realms/{realm["realm"]}", known.Key);
        Assert.Equal($"http://keycloak:8080/realms/{realm["realm"]}/.well-known/openid-configuration", known.MetadataAddress);
        Assert.Equal("http://localhost:8091", ComposeFile.EnvironmentOf(provider)["KC_HOSTNAME"]);
        var callback = Assert.Single(client["redirectUris"]!.AsArray())!.GetValue<string>().Replace("${TRY_PORT}", ComposeFile.EnvironmentOf(provider)["TRY_PORT"], StringComparison.Ordinal);
        Assert.Equal($"{settings["PUBLIC_URL"]}{known.CallbackPath}", callback);
        Assert.Equal(settings["ADMIN_EMAILS"], person["email"]!.GetValue<string>());
        Assert.True(person["emailVerified"]!.GetValue<bool>());
        Assert.Empty(Known.Except(settings.Keys));
        // Whoever knows its password gets in, so nobody else reaches it.
        Assert.All([provider, program], service => Assert.All((YamlSequenceNode)service.Children["ports"], port => Assert.Contains("127.0.0.1", port.ToString(), StringComparison.Ordinal)));
        Assert.Equal("service_healthy", ComposeFile.Text(program, "depends_on", "keycloak", "condition"));
        Assert.All([provider, program], service => Assert.NotNull(ComposeFile.Text(service, "deploy", "resources", "limits", "memory")));
    }

    [Fact]
    public async Task Services_WaitForWhatTheyNeed()
    {
        var compose = await ComposeFile.ReadAsync();

        Assert.Equal("service_healthy", ComposeFile.Text(compose.Services["migrate"], "depends_on", "postgres", "condition"));
        Assert.All(Roles, role => Assert.Equal("service_completed_successfully", ComposeFile.Text(compose.Services[role], "depends_on", "migrate", "condition")));
        Assert.Equal("service_healthy", ComposeFile.Text(compose.Services["ingress"], "depends_on", "ui", "condition"));
        Assert.Equal("service_completed_successfully", ComposeFile.Text(compose.Services["ingress"], "depends_on", "certificates", "condition"));
        // All replicas see the same files, where UFS_STORAGE says.
        Assert.All(Roles, role => Assert.Equal(["files:/srv/data:rw"], ComposeFile.List(compose.Services[role], "volumes")));
        Assert.All(Roles, role => Assert.StartsWith("file:///srv/data/", ComposeFile.EnvironmentOf(compose.Services[role])["UFS_STORAGE"], StringComparison.Ordinal));
        // Only the ingress is reached from outside, and nothing but replicas from it.
        Assert.Equal(["ingress"], compose.Services.Where(service => service.Value.Children.ContainsKey("ports")).Select(service => service.Key));
        Assert.Equal(["ingress", "ui"], compose.Services.Where(service => ComposeFile.Map(service.Value, "networks")?.Children.ContainsKey("front") == true).Select(service => service.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Programs_WithTheSettingsOfTheComposeFile_StartAndAreWell()
    {
        var compose = await ComposeFile.ReadAsync(("DATABASE_URL", await server.NewDatabaseAsync(isMigrated: false)));
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "migrate", "ui", "worker" })
        {
            var command = Assert.Single(ComposeFile.List(compose.Services[name], "command"));
            // There is no /srv of ours where the tests run.
            var settings = ComposeFile.EnvironmentOf(compose.Services[name]).ToDictionary(setting => setting.Key, setting => setting.Value.Replace("/srv/", $"{folder.Path}/", StringComparison.Ordinal));
            if (name == "migrate")
            {
                Assert.Contains("Applied", (await PublishedProgram.RunAsync(folder, settings, command)).Output, StringComparison.Ordinal);
                continue;
            }

            await using var program = await PublishedProgram.StartAsync(folder, command: command, settings: settings);
            var check = ComposeFile.List(compose.Services[name], "healthcheck", "test");
            var health = await PublishedProgram.RunAsync(folder, new Dictionary<string, string> { ["ASPNETCORE_URLS"] = program.Address.ToString() }, check[2..]);
            Assert.True(health.ExitCode == 0, health.Output + health.Errors);
        }
    }

    [Fact]
    public async Task Image_IsWhatTheComposeFileTakesItFor()
    {
        var compose = await ComposeFile.ReadAsync();
        var image = Repository.Read("Dockerfile");
        var program = $"/app/{typeof(Program).Assembly.GetName().Name}";
        var port = Assert.Single(ListeningPort().Matches(image)).Groups[1].Value;

        Assert.Contains($"ENTRYPOINT [\"{program}\"]", image, StringComparison.Ordinal);
        Assert.Contains($"CMD [\"{program}\", \"health\"]", image, StringComparison.Ordinal);
        Assert.All(Roles, role => Assert.Equal(["CMD", program, "health"], ComposeFile.List(compose.Services[role], "healthcheck", "test")));
        Assert.Contains($"server ui:{port} ", Repository.Read("deploy", "ingress", "Dockerfile"), StringComparison.Ordinal);
        // The version of .NET that the program is made for.
        var framework = $"{Environment.Version.Major}.{Environment.Version.Minor}";
        Assert.All(BaseImage().Matches(image), from => Assert.Equal(framework, from.Groups[1].Value));
        Assert.Equal(2, BaseImage().Count(image));
        Assert.Matches(@"\nUSER \$APP_UID\n", image);
    }

    [Fact]
    public void Ingress_TemplateNamesOnlyWhatItsImageSets()
    {
        var image = Repository.Read("deploy", "ingress", "Dockerfile");
        var named = TemplateName().Matches(Repository.Read("deploy", "ingress", "ingress.conf.template")).Select(match => match.Groups[1].Value).Distinct().ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Matches($@"(?m)^(ENV|   ) {name}=", image));
    }

    [Fact]
    public void Context_HoldsEveryProjectThatTheImageIsBuiltOf()
    {
        var ignore = File.ReadAllLines(Repository.PathOf(".dockerignore"));
        var project = Repository.Read("PlaybookBuilder.Web", "PlaybookBuilder.Web.csproj") + Repository.Read("PlaybookBuilder.Core", "PlaybookBuilder.Core.csproj");
        var outside = OutsidePath().Matches(project).Select(match => match.Groups[1].Value.Replace('\\', '/')).Select(path => path.Contains(".csproj", StringComparison.Ordinal) ? path.Split('/')[0] : path);

        Assert.Equal("*", ignore.First(line => line.Length > 0 && line[0] != '#'));
        Assert.All([.. outside, "PlaybookBuilder.Web", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig"], path => Assert.Contains($"!{path}", ignore));
    }

    private static IEnumerable<string> VariablesOf(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var constants = type.GetFields(All).Where(field => field.IsLiteral && field.Name.EndsWith("Variable", StringComparison.Ordinal)).Select(field => (string)field.GetRawConstantValue()!);
        var bound = type.GetProperties(All).Select(property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name).OfType<string>();
        return constants.Concat(bound);
    }

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Interpolation();

    [GeneratedRegex(@"\$\{([A-Z_]+)\}")]
    private static partial Regex TemplateName();

    [GeneratedRegex(@"ASPNETCORE_HTTP_PORTS=(\d+)")]
    private static partial Regex ListeningPort();

    [GeneratedRegex(@"(?m)^FROM mcr\.microsoft\.com/dotnet/\w+:(\d+\.\d+)")]
    private static partial Regex BaseImage();

    [GeneratedRegex(@"Include=""\.\./([^""]+)""")]
    private static partial Regex OutsidePath();
}
