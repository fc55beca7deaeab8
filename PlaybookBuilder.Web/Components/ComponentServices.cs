using PlaybookBuilder.Web.Components.Prompts;
using PlaybookBuilder.Web.Components.Views;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components;

public static class ComponentServices
{
    /// <summary>Adds what finds the views of data types and the forms of prompts.</summary>
    public static IServiceCollection AddViewsAndForms(this IServiceCollection services) => services
        .AddSingleton<ResultTables>()
        .AddSingleton<ViewRegistry>()
        .AddSingleton<FormRegistry>()
        .AddSingleton<ISampleReader, MatrixSamples>();
}
