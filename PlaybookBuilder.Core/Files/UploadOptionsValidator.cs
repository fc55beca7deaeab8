using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files;

internal sealed class UploadOptionsValidator : IValidateOptions<UploadOptions>
{
    public ValidateOptionsResult Validate(string? name, UploadOptions options) => options.MaxBytes > 0
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{UploadOptions.Variable}: must be a whole number of bytes above 0, such as {UploadOptions.DefaultMaxBytes} (the default).");
}
