using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>The network address from which somebody looks at a page. A circuit has no request, but the connection that it came by has one.</summary>
internal sealed class VisitorAddress(IHttpContextAccessor requests) : CircuitHandler
{
    /// <summary>Empty where it is not known.</summary>
    public string Value { get; private set; } = "";

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (requests.HttpContext is { } request) Value = request.ToAddress();
        return Task.CompletedTask;
    }
}
