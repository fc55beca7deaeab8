using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>What people can sign in with here.</summary>
internal sealed class SignInProviders(IOptions<SignInOptions> options)
{
    private readonly IReadOnlyList<SignInProvider> _all = options.Value.Read();

    public IReadOnlyList<SignInProvider> All => _all;

    public SignInProvider? Find(string id) => _all.FirstOrDefault(provider => provider.Id == id);

    /// <summary>What a person calls the provider of a sign-in.</summary>
    public string NameOf(string key) => key == Identity.EmailProvider ? "E-mail" : _all.FirstOrDefault(provider => provider.Key == key)?.Name ?? key;
}
