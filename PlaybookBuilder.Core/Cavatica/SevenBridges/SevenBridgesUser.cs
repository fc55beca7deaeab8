namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

public sealed record SevenBridgesUser(string Username, string? Email = null, string? FirstName = null, string? LastName = null);
