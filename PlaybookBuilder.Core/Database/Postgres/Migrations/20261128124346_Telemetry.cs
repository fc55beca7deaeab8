using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Telemetry : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_upload_sha256",
                table: "upload");

            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                table: "job",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_upload_sha256",
                table: "upload",
                column: "sha256")
                .Annotation("Npgsql:IndexInclude", new[] { "size" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_upload_sha256",
                table: "upload");

            migrationBuilder.DropColumn(
                name: "trace_parent",
                table: "job");

            migrationBuilder.CreateIndex(
                name: "ix_upload_sha256",
                table: "upload",
                column: "sha256");
        }
    }
}
