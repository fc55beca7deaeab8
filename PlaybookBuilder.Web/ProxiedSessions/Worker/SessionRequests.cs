namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Takes requests to the API for something that the user does, from their beginning to their end. Pages, files of pages and the connections of pages are not.</summary>
internal sealed class SessionRequests(SessionLife life, SessionPresence presence) : IStartupFilter
{
    private static readonly PathString[] Roots = ["/api", "/ga4gh"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, next) =>
        {
            if (!context.CameThroughTunnel() || !IsAct(context.Request))
            {
                await next(context);
                return;
            }

            presence.BeginRequest();
            life.Acted();
            try
            {
                await next(context);
            }
            finally
            {
                life.Acted();
                presence.EndRequest();
            }
        });
        next(app);
    };

    private static bool IsAct(HttpRequest request) => Array.Exists(Roots, root => request.Path.StartsWithSegments(root)) && !IsMadeByAPage(request);

    // What scripts fetch to show it, also when a page that nobody looks at is loaded again.
    private static bool IsMadeByAPage(HttpRequest request) => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers["Sec-Fetch-Dest"] == "empty";
}
