namespace PlaybookBuilder.Web.Api;

/// <summary>Lets HEAD work wherever GET does: pages and endpoints answer as to GET, and the server leaves the body out.</summary>
internal sealed class HeadRequests : IStartupFilter
{
    private static readonly object Mark = new();

    /// <summary>Whether the request that is being answered as GET came as HEAD.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(Mark);

    // As a startup filter this stands before routing, which a web application puts first among its own middleware.
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method)) AnswerAsGet(context);
            return next(context);
        });
        next(app);
    };

    private static void AnswerAsGet(HttpContext context)
    {
        context.Items[Mark] = Mark;
        context.Request.Method = HttpMethods.Get;
        // The server looks at the method when the response starts to know that there must be no body.
        context.Response.OnStarting(static state =>
        {
            ((HttpContext)state).Request.Method = HttpMethods.Head;
            return Task.CompletedTask;
        }, context);
    }
}
