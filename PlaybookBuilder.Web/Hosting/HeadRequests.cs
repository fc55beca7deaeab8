namespace PlaybookBuilder.Web.Hosting;

/// <summary>Answers HEAD wherever GET is answered: pages would say 405.</summary>
internal static class HeadRequests
{
    public static void UseHeadAsGet(this IApplicationBuilder app, Func<PathString, bool> applies) => app.Use((context, next) =>
    {
        if (!HttpMethods.IsHead(context.Request.Method) || !applies(context.Request.Path)) return next(context);

        context.Request.Method = HttpMethods.Get;
        context.Response.Body = Stream.Null;
        return next(context);
    });
}
