using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Actors.Host.Http;

/// <summary>The files of the page, which are resources of this assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, string> s_types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [""] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Lazy<PageFile>> s_files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && s_types.ContainsKey(Path.GetExtension(name)))
        .ToFrozenDictionary(name => name[(Prefix.Length - 1)..], name => new Lazy<PageFile>(() => PageFile.Load(name, s_types[Path.GetExtension(name)])));

    /// <summary>The paths that are answered.</summary>
    public static IReadOnlyCollection<string> All => s_files.Keys;

    /// <summary>Answers with the file of the request's path, or with 404.</summary>
    public static async Task Write(HttpContext context)
    {
        var path = context.Request.Path.Value is null or "" or "/" ? "/index.html" : context.Request.Path.Value;
        if (!s_files.TryGetValue(path, out var found))
        {
            await Gate.Refuse(context, StatusCodes.Status404NotFound, "there is no such page: expected /, /healthz/live, /healthz/ready, /metrics, /api/status or /api/events");
            return;
        }
        var file = found.Value;
        var (request, response) = (context.Request.Headers, context.Response);
        // Asked for each time, and sent only when another version of the host is here.
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = file.Tag;
        response.Headers.Vary = "Accept-Encoding";
        if (request.IfNoneMatch.Contains(file.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var takesGzip = request.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (takesGzip) response.Headers.ContentEncoding = "gzip";
        var bytes = takesGzip ? file.Compressed.Value : file.Bytes;
        response.ContentType = file.Type;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private sealed record PageFile(string Type, byte[] Bytes, string Tag, Lazy<byte[]> Compressed)
    {
        public static PageFile Load(string name, string type)
        {
            using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
            var bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            return new PageFile(type, bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"", new Lazy<byte[]>(() => Compress(bytes)));
        }

        private static byte[] Compress(byte[] bytes)
        {
            var result = new MemoryStream();
            using (var gzip = new GZipStream(result, CompressionLevel.Optimal)) gzip.Write(bytes);
            return result.ToArray();
        }
    }
}
