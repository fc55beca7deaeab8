using System.Net;
using System.Text.RegularExpressions;

namespace PlaybookBuilder.Tests.Support;

/// <summary>A browser without scripts.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _following;
    private readonly HttpClient _staying;

    public Visitor(Uri address)
    {
        Cookies = new CookieContainer();
        _handler = new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = true, MaxAutomaticRedirections = 20 };
        _following = new HttpClient(_handler) { BaseAddress = address, DefaultRequestHeaders = { { "User-Agent", "Visitor/1.0" } } };
        _staying = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address, DefaultRequestHeaders = { { "User-Agent", "Visitor/1.0" } } };
    }

    public CookieContainer Cookies { get; }

    public Uri Address => _following.BaseAddress!;

    public string? Session => Cookies.GetCookies(Address)["playbook-session"]?.Value;

    /// <summary>Opens a page and follows where it leads.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => _following.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>Opens a page and stays where it answers.</summary>
    public Task<HttpResponseMessage> AskAsync(string path) => _staying.GetAsync(path, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _staying.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Signs in with the provider and gives the page where that ends.</summary>
    public Task<HttpResponseMessage> SignInAsync(string? returnUrl = null) =>
        OpenAsync($"account/signin/with/lab?returnUrl={Uri.EscapeDataString(returnUrl ?? "/graph")}");

    /// <summary>Forgets who it is at the provider, so that somebody else can sign in there.</summary>
    public void ForgetProvider()
    {
        foreach (Cookie cookie in Cookies.GetAllCookies()) cookie.Expired |= cookie.Name.StartsWith("_session", StringComparison.Ordinal);
    }

    /// <summary>Posts a form of a page of ours, with the page's token against forgery.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string path, params (string Name, string Value)[] fields)
    {
        using var shown = await OpenAsync(page);
        var token = AntiforgeryField().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value;
        return await PostWithAsync(path, [.. fields, ("__RequestVerificationToken", WebUtility.HtmlDecode(token))]);
    }

    /// <summary>Posts a form with these fields only.</summary>
    public Task<HttpResponseMessage> PostWithAsync(string path, params (string Name, string Value)[] fields) =>
        _staying.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);

    /// <summary>Who the API says that this is.</summary>
    public async Task<HttpStatusCode> MayUploadAsync()
    {
        using var form = new MultipartFormDataContent { { new StringContent("a"), "file", "a.txt" } };
        using var answer = await _staying.PostAsync("/api/v1/components/core/file/upload", form, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public void Dispose()
    {
        _following.Dispose();
        _staying.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
