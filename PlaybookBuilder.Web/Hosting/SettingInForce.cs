namespace PlaybookBuilder.Web.Hosting;

/// <summary>A setting of this process.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Without secrets; <c>set</c> for what is one, <c>unset</c> for what is not set.</param>
/// <param name="Default">What holds where it is unset, in words.</param>
internal sealed record SettingInForce(string Name, string Value, string Default);
