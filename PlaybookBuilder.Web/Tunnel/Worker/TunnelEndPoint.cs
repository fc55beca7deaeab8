using System.Net;

namespace PlaybookBuilder.Web.Tunnel.Worker;

/// <summary>Where a worker listens that nobody can reach: at the other end of the connection that it makes itself.</summary>
internal sealed class TunnelEndPoint(Uri address) : EndPoint
{
    public override string ToString() => address.ToString();
}
