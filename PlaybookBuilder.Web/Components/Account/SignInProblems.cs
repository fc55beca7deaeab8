using PlaybookBuilder.Web.Authentication.Providers;

namespace PlaybookBuilder.Web.Components.Account;

/// <summary>What pages say when nobody was signed in.</summary>
internal static class SignInProblems
{
    public static string Tell(SignInProblem problem, string? provider) => problem switch
    {
        SignInProblem.Unreachable => $"{provider ?? "The provider"} does not answer just now. Try again in a moment, or sign in another way.",
        SignInProblem.Refused => $"{provider ?? "The provider"} did not sign you in. Try again; a sign-in has to be finished within 15 minutes, in the same browser.",
        SignInProblem.Disabled => "This account is disabled. Ask who operates this application.",
        SignInProblem.Taken => "This sign-in belongs to another account already. Sign in with it and remove it there first.",
        SignInProblem.LinkGone => "This link was used already, or is older than 15 minutes. Ask for another one.",
        SignInProblem.OtherBrowser => "This link was asked for in another browser. Open it there, or ask for one here.",
        SignInProblem.MailFailed => "The mail could not be sent just now. Try again in a moment, or sign in another way.",
        SignInProblem.NoAddress => "That is no e-mail address. It looks like name@example.org.",
        _ => "Too many links were asked for. Wait some minutes, and look among unwanted mail.",
    };
}
