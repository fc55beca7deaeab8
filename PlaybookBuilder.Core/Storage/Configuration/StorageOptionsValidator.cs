using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Storage.Configuration;

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        try
        {
            StorageLocation.Open(options.Location, NullLoggerFactory.Instance);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException error)
        {
            return ValidateOptionsResult.Fail($"{StorageOptions.Variable}: {error.Message}.");
        }
    }
}
