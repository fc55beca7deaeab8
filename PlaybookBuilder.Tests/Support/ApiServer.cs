using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The application with test components on a real port, and a client of its API.</summary>
public sealed class ApiServer : WebApplicationFactory<Program>
{
    private readonly TestComponents _components = new();
    private readonly Lazy<HttpClient> _client;

    public ApiServer() => _client = new(Start);

    internal TestComponents Components => _components;

    public HttpClient Client => _client.Value;

    public async Task<HttpResponseMessage> PostAsync(string path, string json) =>
        await Client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async Task<JsonNode?> PostForJsonAsync(string path, string json)
    {
        using var response = await PostAsync(path, json);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonNode>();
    }

    /// <summary>Keeps a playbook and gives its id.</summary>
    public async Task<string> KeepAsync(string document) => (await PostForJsonAsync("/api/db/fpl", document))!.GetValue<string>();

    public async Task<JsonNode?> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonNode>();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // In development the framework answers GET for any path, to serve new assets, which makes 404 of what is 405.
        builder.UseEnvironment("Production");
        builder.UseSetting("DATABASE_URL", "memory:");
        builder.UseSetting("UFS_STORAGE", "memory:");
        builder.ConfigureLogging(static logging => logging.ClearProviders());
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(_components.Catalog)));
    }

    private HttpClient Start()
    {
        UseKestrel(0);
        StartServer();
        return CreateClient();
    }
}
