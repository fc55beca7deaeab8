using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files;

internal sealed class UploadOptionsValidator : IValidateOptions<UploadOptions>
{
    public ValidateOptionsResult Validate(string? name, UploadOptions options)
    {
        if (options.MaxBytes <= 0) return ValidateOptionsResult.Fail($"{UploadOptions.Variable}: must be a whole number of bytes above 0, such as {UploadOptions.DefaultMaxBytes} (the default).");

        return options.QuotaBytes <= 0
            ? ValidateOptionsResult.Fail($"{UploadOptions.QuotaVariable}: may be unset, or must be a whole number of bytes above 0, such as {UploadOptions.DefaultMaxBytes}.")
            : ValidateOptionsResult.Success;
    }
}
