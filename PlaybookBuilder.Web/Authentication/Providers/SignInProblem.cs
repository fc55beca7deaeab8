namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>Why nobody was signed in, as the sign-in page's address says it.</summary>
internal enum SignInProblem
{
    /// <summary>The provider does not answer.</summary>
    Unreachable,

    /// <summary>The provider, or the person there, said no.</summary>
    Refused,

    /// <summary>The account is disabled.</summary>
    Disabled,

    /// <summary>The sign-in to add is another account's.</summary>
    Taken,

    /// <summary>The link was used, is too old, or is no link of ours.</summary>
    LinkGone,

    /// <summary>The link was asked for in another browser.</summary>
    OtherBrowser,

    /// <summary>The mail could not be sent.</summary>
    MailFailed,

    /// <summary>What was entered is no address.</summary>
    NoAddress,

    /// <summary>Too many mails were asked for.</summary>
    TooMany,
}
