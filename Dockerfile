# syntax=docker/dockerfile:1

# One image for every role; the command says which: serve (the default), worker, migrate ...
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# Publishing compiles ahead of time for x64 (ReadyToRun, see PlaybookBuilder.Web.csproj). Exactly the packages of the lock files, or nothing.
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish PlaybookBuilder.Web/PlaybookBuilder.Web.csproj -c Release -o /published -p:RestoreLockedMode=true -p:PublishDocumentationFiles=false
# There is no shell in the next stage to make folders with. A volume that is first mounted there takes over whose they are.
RUN mkdir -p /work/data /work/certificates

# No shell, no package manager, nothing but what .NET needs: glibc, OpenSSL, certificates of authorities. No ICU: the program does without.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
COPY --from=build /published /app
COPY --from=build --chown=$APP_UID:$APP_UID /work /srv
# data/ is made below the directory in which the program is started.
WORKDIR /srv
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/app/PlaybookBuilder.Web", "health"]
ENTRYPOINT ["/app/PlaybookBuilder.Web"]
