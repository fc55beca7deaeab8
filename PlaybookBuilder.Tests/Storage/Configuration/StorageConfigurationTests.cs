using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Azure;
using PlaybookBuilder.Core.Storage.Cache;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.DirCache;
using PlaybookBuilder.Core.Storage.Drs;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Core.Storage.Logging;
using PlaybookBuilder.Core.Storage.Measured;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Overlay;
using PlaybookBuilder.Core.Storage.Prefix;
using PlaybookBuilder.Core.Storage.ReadOnly;
using PlaybookBuilder.Core.Storage.Retry;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Configuration;

public sealed class StorageConfigurationTests
{
    [Theory]
    [InlineData(null, typeof(LocalStorage))]
    [InlineData(" ", typeof(LocalStorage))]
    [InlineData("memory:", typeof(MemoryStorage))]
    [InlineData("MEMORY://", typeof(MemoryStorage))]
    [InlineData("file:///srv/playbooks", typeof(LocalStorage))]
    [InlineData("""{"cls":"ufs.impl.memory.Memory"}""", typeof(MemoryStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local"},"prefix":"/srv/playbooks"}""", typeof(LocalStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.memory.Memory"},"prefix":"/user/project"}""", typeof(PrefixStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","prefix":"b","ufs":{"cls":"ufs.impl.prefix.Prefix","prefix":"/srv","ufs":{"cls":"ufs.impl.local.Local"}}}""", typeof(PrefixStorage))]
    [InlineData("s3://bucket", typeof(S3Storage))]
    [InlineData("s3://bucket/some/folder?endpoint=http://127.0.0.1:9000&region=eu-central-1&path-style=true&anonymous=true", typeof(S3Storage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.s3fs.S3"},"prefix":"/bucket"}""", typeof(S3Storage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.s3fs.S3","anon":false,"access_key":"key","secret_access_key":"word","endpoint_url":"https://s3.example.org","ttl":60},"prefix":"/bucket/folder"}""", typeof(S3Storage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.minio.Minio","netloc":"127.0.0.1:9000","access_key":"key","secret_key":"word","secure":false},"prefix":"/bucket/folder"}""", typeof(S3Storage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.logger.Logger","ufs":{"cls":"ufs.impl.s3fs.S3"}},"prefix":"/bucket/folder"}""", typeof(LoggingStorage))]
    [InlineData("""{"cls":"ufs.impl.sync.Sync","ufs":{"cls":"ufs.impl.memory.Memory"}}""", typeof(MemoryStorage))]
    [InlineData("""{"cls":"ufs.impl.asyn.Async","ufs":{"cls":"ufs.impl.simpleasyn.SimpleAsync","ufs":{"cls":"ufs.impl.memory.Memory"}}}""", typeof(MemoryStorage))]
    [InlineData("""{"cls":"ufs.impl.rwcache.RWCache","ufs":{"cls":"ufs.impl.memory.Memory"},"cache":{"cls":"ufs.impl.memory.Memory"}}""", typeof(CacheStorage))]
    [InlineData("""{"cls":"ufs.impl.writecache.Writecache","ufs":{"cls":"ufs.impl.memory.Memory"},"cache":{"cls":"ufs.impl.memory.Memory"},"max_bytes":1000}""", typeof(CacheStorage))]
    [InlineData("""{"cls":"ufs.impl.dircache.DirCache","ufs":{"cls":"ufs.impl.memory.Memory"},"ttl":60}""", typeof(DirCacheStorage))]
    [InlineData("""{"cls":"ufs.impl.overlay.Overlay","lower":{"cls":"ufs.impl.memory.Memory"},"upper":{"cls":"ufs.impl.memory.Memory"}}""", typeof(OverlayStorage))]
    [InlineData("""{"cls":"playbook.readonly.ReadOnly","ufs":{"cls":"ufs.impl.memory.Memory"}}""", typeof(ReadOnlyStorage))]
    [InlineData("""{"cls":"playbook.retry.Retry","ufs":{"cls":"ufs.impl.memory.Memory"},"attempts":3}""", typeof(RetryStorage))]
    [InlineData("azure://container/folder?account=lab&anonymous=true", typeof(AzureStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.azure.Azure","account":"lab","key":"bGFi"},"prefix":"/container/folder"}""", typeof(AzureStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.azure.Azure","account":"lab","sas_token":"?sv=1&sig=2","endpoint":"http://127.0.0.1:10000/lab"},"prefix":"/container"}""", typeof(AzureStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"files.example.org","username":"lab","password":"word","port":2222},"prefix":"/srv/playbooks"}""", typeof(SftpStorage))]
    [InlineData("https://files.example.org/folder", typeof(HttpStorage))]
    [InlineData("http://127.0.0.1:8080", typeof(HttpStorage))]
    [InlineData("""{"cls":"ufs.impl.http.HTTP","netloc":"files.example.org:8443","scheme":"https","headers":{"Authorization":"Bearer word"}}""", typeof(HttpStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.http.HTTP","netloc":"files.example.org"},"prefix":"/folder"}""", typeof(HttpStorage))]
    [InlineData("drs://drs.example.org", typeof(DrsStorage))]
    [InlineData("drs://127.0.0.1:5000/bundle/folder?scheme=https", typeof(DrsStorage))]
    [InlineData("drs://dg.4503:accession", typeof(DrsStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.drs.DRS","scheme":"https","headers":{"X-SBG-Auth-Token":"word"}},"prefix":"/drs.example.org/bundle"}""", typeof(DrsStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.drs.DRS","token":"word"},"prefix":"/dg.4503:a/b"}""", typeof(DrsStorage))]
    [InlineData("gs://bucket", typeof(GcsStorage))]
    [InlineData("gs://bucket/some/folder?anonymous=true&endpoint=http://127.0.0.1:4443", typeof(GcsStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.gcs.Gcs","anon":true},"prefix":"/bucket/folder"}""", typeof(GcsStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sync.Sync","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word","api_endpoint":"https://cavatica-api.sbgenomics.com","drs_endpoint":"drs://cavatica-ga4gh-api.sbgenomics.com","ttl":60}},"prefix":"/user/project"}""", typeof(SbfsStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word"},"prefix":"/user/project/some/folder"}""", typeof(SbfsStorage))]
    public void AddStorage_Location_GivesThatStorage(string? location, Type type)
    {
        using var services = Services(location);

        Assert.IsType(type, Assert.IsType<MeasuredStorage>(services.GetRequiredService<IStorage>()).Inner);
        Assert.Same(services.GetRequiredService<IStorage>(), services.GetRequiredService<IStorage>());
    }

    [Theory]
    [InlineData("data/ufs", "neither JSON nor a URL")]
    [InlineData("gopher://host/folder", "'gopher:' is not available here")]
    [InlineData("memory:/folder", "write 'memory:'")]
    [InlineData("file://host/folder", "three slashes")]
    [InlineData("file:relative", "three slashes")]
    [InlineData("file:///folder#fragment", "three slashes")]
    [InlineData("{", "breaks at character")]
    [InlineData("{}", "'cls'")]
    [InlineData("""{"cls":1}""", "'cls'")]
    [InlineData("""{"cls":"ufs.impl.rclone.RClone"}""", "'ufs.impl.rclone.RClone' is not available here; use one of ufs.impl.local.Local")]
    [InlineData("""{"cls":"ufs.impl.local.Local"}""", "needs a folder")]
    [InlineData("""{"cls":"ufs.impl.memory.Memory","size":1}""", "has no field 'size'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","prefix":"/a"}""", "lacks its field 'ufs'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":[],"prefix":"/a"}""", "an object with a 'cls'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local"}}""", "'prefix'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local"},"prefix":"/a\u0000"}""", "NUL")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local","root":"/"},"prefix":"/a"}""", "has no field 'root'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.memory.Memory"},"prefix":"/a/../b"}""", "not a path of a folder")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"nothing.Such"},"prefix":"/a"}""", "'nothing.Such' is not available here")]
    [InlineData("s3://", "s3://bucket/folder")]
    [InlineData("s3://key:word@bucket", "credentials don't belong")]
    [InlineData("s3://bucket?secret=word", "there is no parameter 'secret'")]
    [InlineData("s3://bucket?region=a&region=b", "'region' stands there twice")]
    [InlineData("s3://bucket?path-style=yes", "'path-style' must be true or false")]
    [InlineData("s3://bucket?endpoint=minio:9000", "'endpoint' must be an address")]
    [InlineData("s3://bucket/a%5Cb", "not a path")]
    [InlineData("""{"cls":"ufs.impl.s3fs.S3"}""", "needs a bucket")]
    [InlineData("""{"cls":"ufs.impl.minio.Minio","netloc":"a"}""", "needs a bucket")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.s3fs.S3","access_key":"key"},"prefix":"/bucket"}""", "needs both of 'access_key' and 'secret_access_key'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.s3fs.S3","anon":"no"},"prefix":"/bucket"}""", "'anon' of 'ufs.impl.s3fs.S3' must be true or false")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.s3fs.S3","ttl":-1},"prefix":"/bucket"}""", "'ttl'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.minio.Minio","access_key":"key","secret_key":"word"},"prefix":"/bucket"}""", "'netloc'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.s3fs.S3"},"prefix":"/"}""", "path of a bucket")]
    [InlineData("""{"cls":"ufs.impl.fsspec.FSSpec"}""", "'ufs.impl.fsspec.FSSpec' is not available here")]
    [InlineData("""{"cls":"ufs.impl.ftp.FTP","host":"a"}""", "'ufs.impl.ftp.FTP' is not available here")]
    [InlineData("""{"cls":"ufs.impl.logger.Logger","ufs":{"cls":"ufs.impl.local.Local"}}""", "needs a folder")]
    [InlineData("""{"cls":"ufs.impl.rwcache.RWCache","ufs":{"cls":"ufs.impl.memory.Memory"}}""", "lacks its field 'cache'")]
    [InlineData("""{"cls":"ufs.impl.overlay.Overlay","lower":{"cls":"ufs.impl.memory.Memory"}}""", "lacks its field 'upper'")]
    [InlineData("""{"cls":"playbook.retry.Retry","ufs":{"cls":"ufs.impl.memory.Memory"},"attempts":2.5}""", "'attempts'")]
    [InlineData("azure://container", "the account is missing")]
    [InlineData("azure://container?account=lab", "the credentials are missing")]
    [InlineData("azure://container?account=lab&endpoint=ftp://a&anonymous=true", "an endpoint is an address")]
    [InlineData("""{"cls":"playbook.azure.Azure","account":"lab"}""", "needs a container")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.azure.Azure","account":"lab","key":"not base 64"},"prefix":"/container"}""", "not in base 64")]
    [InlineData("""{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b","password":"c"}""", "needs a folder")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b"},"prefix":"/srv"}""", "the credentials are missing")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b","password":"c","port":70000},"prefix":"/srv"}""", "a whole number from 1 to 65535")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b","password":"c","host_key":"SHA256:short"},"prefix":"/srv"}""", "the host key must be a fingerprint")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b","private_key":"no key"},"prefix":"/srv"}""", "the private key is not one of")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b","key_file":"/no/such/file"},"prefix":"/srv"}""", "the file of the private key can't be read")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b","password":"c"},"prefix":"/"}""", "the folder on the SFTP server is missing")]
    [InlineData("sftp://host/folder", "'username' is missing")]
    [InlineData("sftp://host/folder?username=lab", "'host-key' is missing")]
    [InlineData("sftp://lab:word@host/folder", "credentials don't belong")]
    [InlineData("https://lab:word@host/folder", "credentials don't belong")]
    [InlineData("https://host/folder?token=word", "there is no parameter 'token'")]
    [InlineData("""{"cls":"ufs.impl.http.HTTP"}""", "'netloc'")]
    [InlineData("""{"cls":"ufs.impl.http.HTTP","netloc":"host/folder"}""", "must be a host")]
    [InlineData("""{"cls":"ufs.impl.http.HTTP","netloc":"host","scheme":"ftp"}""", "must be https or http")]
    [InlineData("""{"cls":"ufs.impl.http.HTTP","netloc":"host","headers":{"a b":"c"}}""", "an object of HTTP headers")]
    [InlineData("""{"cls":"ufs.impl.http.HTTP","netloc":"host","headers":["a: b"]}""", "an object of HTTP headers")]
    [InlineData("""{"cls":"ufs.impl.drs.DRS"}""", "needs a host")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.drs.DRS","scheme":"ftp"},"prefix":"/drs.example.org"}""", "must be https or http")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.drs.DRS","token":"two words"},"prefix":"/drs.example.org"}""", "must be one word")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.drs.DRS"},"prefix":"/"}""", "the host of the DRS server is missing")]
    [InlineData("drs://host/a%5Cb", "not a path")]
    [InlineData("""{"cls":"playbook.gcs.Gcs"}""", "needs a bucket")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.gcs.Gcs","credentials":"{}"},"prefix":"/bucket"}""", "not the JSON of a service account")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.gcs.Gcs","credentials":"no JSON"},"prefix":"/bucket"}""", "not the JSON of a service account")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.gcs.Gcs","credentials":"{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"b\"}"},"prefix":"/bucket"}""", "not the JSON of a service account")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"playbook.gcs.Gcs","credentials_file":"/no/such/file"},"prefix":"/bucket"}""", "can't be read")]
    [InlineData("gs://bucket?endpoint=storage", "the endpoint must be an address")]
    [InlineData("gs://bucket?anonymous=true&credentials-file=/dev/null", "either without credentials or with them")]
    [InlineData("sbfs://", "sbfs://user/project/folder")]
    [InlineData("sbfs://user", "must begin with a user and a project")]
    [InlineData("sbfs://user/project", "the token is missing: give 'auth_token' in JSON, or set SB_AUTH_TOKEN")]
    [InlineData("sbfs://user/project?token=word", "there is no parameter 'token'")]
    [InlineData("sbfs://user/project?ttl=soon", "'ttl' must be a number of seconds")]
    [InlineData("""{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word"}""", "needs a project")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word"},"prefix":"/user"}""", "must begin with a user and a project")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word"},"prefix":"/user/project/a\\b"}""", "is not a path of a folder")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"a word"},"prefix":"/user/project"}""", "characters that no token has")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word","api_endpoint":"http://api.example.org"},"prefix":"/user/project"}""", "with https")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word","api_endpoint":"cavatica"},"prefix":"/user/project"}""", "must be an address")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.sbfs.SBFS","auth_token":"word","ttl":-1},"prefix":"/user/project"}""", "'ttl'")]
    public void AddStorage_WrongLocation_StopsTheStartWithOneLine(string location, string reason)
    {
        using var services = Services(location);
        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.StartsWith("UFS_STORAGE: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AddStorage_WrongLocation_KeepsSecretsOutOfTheMessage()
    {
        using var services = Services("""{"cls":"ufs.impl.minio.Minio","secret_key":"hush"}""");
        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AddStorage_FolderThatIsAFile_StopsTheStart()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        using var services = Services($"file://{folder.Path}/file");

        Assert.Contains("is a file, not a folder", Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileUrl_WithEscapes_IsThatFolder()
    {
        using var folder = new TemporaryFolder();
        await Open($"file://{folder.Path}/with%20space").WriteAsync("blob", Bytes(1));

        Assert.True(File.Exists(Path.Combine(folder.Path, "with space", "blob")));
    }

    [Fact]
    public async Task Prefix_OverAPrefixedLocal_IsAFolderOfThatFolder()
    {
        using var folder = new TemporaryFolder();
        var storage = Open($$$$"""{"cls":"ufs.impl.prefix.Prefix","prefix":"/b/","ufs":{"cls":"ufs.impl.prefix.Prefix","prefix":"{{{{folder.Path}}}}","ufs":{"cls":"ufs.impl.local.Local"}}}""");
        await storage.WriteAsync("blob", Bytes(1));

        Assert.True(File.Exists(Path.Combine(folder.Path, "b", "blob")));
    }

    private static IStorage Open(string location) => StorageLocation.Open(location, NullLoggerFactory.Instance);

    private static ServiceProvider Services(string? location) => new ServiceCollection()
        .AddMetrics()
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("UFS_STORAGE", location)]).Build())
        .BuildServiceProvider();
}
