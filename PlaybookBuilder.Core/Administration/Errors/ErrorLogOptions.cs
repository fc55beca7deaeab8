namespace PlaybookBuilder.Core.Administration.Errors;

/// <summary>How this program writes its errors down.</summary>
internal sealed class ErrorLogOptions
{
    /// <summary>Which program it is: its role and machine.</summary>
    public string Program { get; set; } = Environment.MachineName;

    /// <summary>Takes secrets out of what is written.</summary>
    public Func<string, string> Mask { get; set; } = static text => text;
}
